import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A property: what its type is beside null and undefined, which strings it lists, whether it takes others. @typedef {{ name: string, required: boolean, nullable: boolean, type: string, values: string[], open: boolean }} Property */
/** A union of objects: the property that tells them apart, and what goes with each of its values. @typedef {{ tag: string, forms: import('./facts.mjs').Form[] }} Union */
/** A declared type; `open` where it takes properties beside the declared. @typedef {{ name: string, fields: Property[], open: boolean, union?: Union }} Type */
/** A parameter of a method. @typedef {{ name: string, type: string, required: boolean }} Parameter */
/** A method; `calls` is the operation that its documentation names. @typedef {{ name: string, calls: string, parameters: Parameter[], returns: string }} Method */

/**
 * The exported interfaces and type aliases of a file.
 *
 * @param {string} file - A `.ts` or `.d.ts` file.
 * @returns {Type[]} In the order of their declaration; an alias of anything but objects has no fields.
 * @example
 * readTypes('pkg/types/generated/models.d.ts').find(({ name }) => name === 'Tag').fields[0].name; // 'id'
 */
export function readTypes(file) {
  return statements(file).flatMap((node) => {
    if (ts.isInterfaceDeclaration(node)) return [objectType(node.name.text, node.members)];
    if (ts.isTypeAliasDeclaration(node)) return [aliasType(node)];
    return [];
  });
}

/**
 * The exported classes of a file, each with its public properties and methods.
 *
 * @param {string} file - A `.ts` or `.d.ts` file.
 * @returns {Record<string, { properties: Property[], methods: Method[] }>} By their names.
 * @example
 * readClasses('pkg/types/generated/resources.d.ts').Tags.methods[0].returns; // 'ApiPromise<Tag>'
 */
export function readClasses(file) {
  const classes = statements(file).filter(ts.isClassDeclaration);
  return Object.fromEntries(
    classes.map((node) => [
      node.name.text,
      {
        properties: node.members.filter(isPublicProperty).map(property),
        methods: node.members.filter(ts.isMethodDeclaration).map(method),
      },
    ]),
  );
}

function statements(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return source.statements.filter(isExported);
}

function objectType(name, members) {
  return {
    name,
    fields: members.filter(ts.isPropertySignature).map(property),
    open: members.some(ts.isIndexSignatureDeclaration),
  };
}

function aliasType({ name: { text: name }, type }) {
  const objects = alternatives(type);
  if (objects.every(ts.isTypeLiteralNode) && objects.length > 1) return unionType(name, objects);
  return ts.isTypeLiteralNode(type) ? objectType(name, type.members) : { name, fields: [], open: false };
}

/** A union of objects as one type: each field once, with what the objects say of it. */
function unionType(name, objects) {
  const forms = objects.map((node) => objectType(name, node.members).fields);
  const tag = forms[0].find(({ values }) => values.length === 1)?.name;
  if (!forms.every((fields) => fields.some((field) => field.name === tag && field.values.length === 1))) {
    throw new Error(`nothing tells the objects of ${name} apart`);
  }
  const names = [...new Set(forms.flat().map((field) => field.name))];
  const same = (field) => forms.flat().filter((other) => other.name === field);
  return {
    name,
    fields: names.map((field) => merged(same(field))),
    open: objects.some((node) => node.members.some(ts.isIndexSignatureDeclaration)),
    union: { tag, forms: forms.map((fields) => form(fields, tag)) },
  };
}

function merged(fields) {
  const type = [...new Set(fields.map((field) => field.type))].join(' or ');
  return { ...fields[0], type, values: fields.flatMap((field) => field.values) };
}

function form(fields, tag) {
  const names = (required) =>
    fields.filter((field) => field.name !== tag && field.required === required).map((field) => field.name);
  return { value: fields.find((field) => field.name === tag).values[0], required: names(true), optional: names(false) };
}

function property(node) {
  return { name: node.name.text, required: !node.questionToken, ...typeOf(node.type) };
}

function typeOf(node) {
  const parts = alternatives(node);
  const values = parts.filter(isString).map((part) => part.literal.text);
  const others = parts.filter(
    (part) => !isString(part) && !isNull(part) && part.kind !== ts.SyntaxKind.UndefinedKeyword,
  );
  const texts = others.map((part) => part.getText());
  // `string & {}` lets other strings in, and keeps those of the list in an editor's suggestions.
  const open = values.length > 0 && texts.includes('(string & {})');
  const rest = values.length > 0 ? texts.filter((text) => text !== '(string & {})') : texts;
  const type = [...(values.length > 0 ? ['string'] : []), ...rest].join(' | ');
  return { type, values, open, nullable: parts.some(isNull) };
}

function alternatives(node) {
  return ts.isUnionTypeNode(node) ? [...node.types] : [node];
}

function isString(node) {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
}

function isNull(node) {
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

function isPublicProperty(node) {
  return ts.isPropertyDeclaration(node) && ts.isIdentifier(node.name);
}

function method(node) {
  const [, calls = ''] = /^Calls `([^`]+)`\.$/m.exec(documentation(node)) ?? [];
  return { name: node.name.text, calls, parameters: node.parameters.map(parameter), returns: node.type.getText() };
}

function documentation(node) {
  return ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('\n');
}

function parameter(node) {
  return { name: node.name.text, type: node.type.getText(), required: !node.questionToken && !node.initializer };
}
