import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SETTINGS = readSettings();
/** The standard library and the package are parsed once, not with every program. @type {Map<string, ts.SourceFile>} */
const parsed = new Map();

/**
 * What the compiler found wrong.
 *
 * @typedef {object} Mistake
 * @property {string} file - The file's name, empty where there is none.
 * @property {number} line - The line, counted from 1; 0 where there is none.
 * @property {number} code - The compiler's number for it.
 * @property {string} text - The compiler's words.
 */

/**
 * The TypeScript files of a folder beside this one.
 *
 * @param {string} folder - Its name.
 * @returns {Map<string, string>} Their texts by absolute path, sorted.
 */
export function sources(folder) {
  const paths = readdirSync(pathOf(folder)).sort();
  return new Map(paths.map((name) => pathOf(`${folder}/${name}`)).map((path) => [path, ts.sys.readFile(path) ?? '']));
}

/**
 * A path in the folder of the type tests.
 *
 * @param {string} name - Relative to it.
 * @returns {string} The absolute path.
 */
export function pathOf(name) {
  return FOLDER + name;
}

/**
 * Compiles as a user of the built package would, strictly, and writes nothing.
 *
 * @param {Map<string, string>} files - Texts by absolute path; they need not exist on disk.
 * @param {ts.CompilerOptions} [options] - What differs from `tsconfig.json`.
 * @returns {ts.Program} The program, for {@link mistakes}.
 * @example
 * mistakes(compile(sources('accepts'))); // []
 */
export function compile(files, options = {}) {
  const settings = { ...SETTINGS, ...options };
  const host = ts.createCompilerHost(settings);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, target) => {
    const text = files.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, target);
    const key = `${path} ${JSON.stringify(target)}`;
    const file = parsed.get(key) ?? getSourceFile(path, target);
    if (file) parsed.set(key, file);
    return file;
  };
  return ts.createProgram([...files.keys()], settings, host);
}

/**
 * Every mistake in a program, those in the package's own definitions included.
 *
 * @param {ts.Program} program - From {@link compile}.
 * @returns {Mistake[]} In the order of the files.
 */
export function mistakes(program) {
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, code, messageText }) => ({
    file: file ? basename(file.fileName) : '',
    line: file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
    code,
    text: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}

/**
 * The operations as TypeScript sees them: the methods of every resource of `RespondIO`.
 *
 * @param {ts.Program} program - One that imports the package.
 * @returns {string[]} Such as `contacts.get`, in the order of their declaration.
 */
export function operations(program) {
  const checker = program.getTypeChecker();
  const main = program
    .getSourceFiles()
    .find(({ fileName }) => fileName.endsWith('/pkg/types/generated/resources.d.ts'));
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(main));
  const resources = checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === 'Resources'));
  return resources.getProperties().flatMap((resource) => {
    const methods = checker.getTypeOfSymbol(resource).getProperties();
    return methods.filter(({ flags }) => flags & ts.SymbolFlags.Method).map(({ name }) => `${resource.name}.${name}`);
  });
}

function readSettings() {
  const { config } = ts.readConfigFile(pathOf('tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, FOLDER).options;
}
