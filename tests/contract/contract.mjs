import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A kind as `xtask describe` prints it. @typedef {{ type: string, format?: string | null, enum?: string[], items?: Kind, model?: string, default?: unknown, minimum?: number, maximum?: number }} Kind */
/** A field of a model. @typedef {{ name: string, required: boolean, nullable: boolean, kind: Kind }} Field */
/** A model, with the directions it travels in and whether it takes fields beside the declared. @typedef {{ fields: Field[], sent: boolean, received: boolean, open: boolean }} Model */
/** An argument of an operation. @typedef {{ name: string, in: string, required: boolean, kind: Kind }} Argument */
/** An operation. @typedef {{ id: string, method: string, path: string, resource: string, arguments: Argument[], response: Kind | null }} Operation */

/** What we call the objects of the contract that have no name there, and the one whose name we changed. */
const NAMES = {
  Error: 'ErrorBody',
  'listContacts query': 'ContactListQuery',
  'listContacts response': 'ContactPage',
  'mergeContacts body': 'ContactMerge',
  'updateConversationStatus body': 'ConversationUpdate',
  'assignConversation body': 'Assignment',
  'createComment body': 'Comment',
  'MessageContent.attachment': 'Attachment',
  'MessageContent.quickReplies[]': 'QuickReply',
};

const DOCUMENTATION = ['type', 'description', 'example', 'nullable'];
const KEYWORDS = {
  string: [...DOCUMENTATION, 'format', 'enum'],
  integer: [...DOCUMENTATION, 'default'],
  boolean: DOCUMENTATION,
  array: [...DOCUMENTATION, 'items'],
  object: [...DOCUMENTATION, 'properties', 'required', 'additionalProperties'],
};

/**
 * The contract in the shape that `xtask describe` prints.
 *
 * @returns {{ operations: Operation[], models: Record<string, Model> }} Every operation, and every schema that they reach.
 * @throws {Error} Where the document says something that is not read here, so that nothing of it is passed over.
 * @example
 * readContract().operations[0].id; // 'createContact'
 */
export function readContract() {
  const document = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8'));
  const reader = new Reader(document);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => reader.operation(method, path, operation)),
  );
  const names = [...Object.keys(document.components.schemas), ...Object.keys(NAMES)];
  const unused = names.filter((name) => !reader.used.has(name));
  if (unused.length > 0) throw new Error(`no operation reaches ${unused.join(', ')}`);
  return { operations, models: reader.models };
}

class Reader {
  /** @type {Record<string, Model>} */
  models = {};
  /** The names, of the contract and in `NAMES`, that were met. */
  used = new Set();
  #document;

  constructor(document) {
    this.#document = document;
  }

  operation(method, path, operation) {
    only(operation, ['operationId', 'tags', 'summary', 'parameters', 'requestBody', 'responses'], `${method} ${path}`);
    const id = operation.operationId;
    const parameters = (operation.parameters ?? []).map((parameter) => this.#resolve(parameter).value);
    const { 200: success, ...errors } = operation.responses;
    for (const [status, error] of Object.entries(errors)) this.#error(error, `${id} ${status}`);
    only(success, ['description', 'content'], `${id} 200`);
    return {
      id,
      method: method.toUpperCase(),
      path,
      resource: resource(operation.tags),
      arguments: [...this.#path(id, parameters), ...this.#query(id, parameters), ...this.#body(id, operation)],
      response: this.#content(success, `${id} response`, 'received'),
    };
  }

  #path(id, parameters) {
    return parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => this.#parameter(parameter, `${id} ${parameter.name}`));
  }

  #parameter(parameter, where) {
    only(parameter, ['name', 'in', 'required', 'description', 'schema', 'example'], where);
    const { name, schema, required = false } = parameter;
    return { name, in: parameter.in, required, kind: this.#kind(schema, where, 'sent') };
  }

  /** All query parameters as one object, which is how callers give them. */
  #query(id, parameters) {
    const query = parameters.filter((parameter) => parameter.in !== 'path');
    if (query.length === 0) return [];
    const elsewhere = query.find((parameter) => parameter.in !== 'query');
    if (elsewhere) throw new Error(`${id}: a parameter in ${elsewhere.in} is not read`);
    const fields = query.map((parameter) => {
      const { name, required, kind } = this.#parameter(parameter, `${id} ${parameter.name}`);
      return { name, required, nullable: false, kind };
    });
    const model = this.#name(`${id} query`);
    this.models[model] = { fields, sent: true, received: false, open: false };
    const required = fields.some((field) => field.required);
    return [{ name: 'query', in: 'query', required, kind: { type: 'object', model } }];
  }

  #body(id, { requestBody }) {
    if (!requestBody) return [];
    only(requestBody, ['required', 'content'], `${id} body`);
    const kind = this.#content(requestBody, `${id} body`, 'sent');
    return [{ name: 'body', in: 'body', required: requestBody.required ?? false, kind }];
  }

  #error(response, where) {
    const { value } = this.#resolve(response);
    only(value, ['description', 'headers', 'content'], where);
    const kind = this.#content(value, where, 'received');
    if (kind?.model !== NAMES.Error) throw new Error(`${where} is not answered with an Error`);
  }

  #content({ content }, where, direction) {
    if (!content) return null;
    only(content, ['application/json'], where);
    only(content['application/json'], ['schema', 'example'], where);
    return this.#kind(content['application/json'].schema, where, direction);
  }

  #kind(reference, where, direction) {
    const { value: schema, name } = this.#resolve(reference);
    only(schema, KEYWORDS[schema.type] ?? [], name ?? where);
    if (schema.type === 'array') return { type: 'array', items: this.#kind(schema.items, `${where}[]`, direction) };
    if (schema.type !== 'object') {
      return { type: schema.type, format: schema.format, enum: schema.enum, default: schema.default };
    }
    if (!schema.properties) return { type: 'object' };
    return { type: 'object', model: this.#model(schema, this.#name(name ?? where), direction) };
  }

  #model(schema, name, direction) {
    const model = this.models[name] ?? { fields: [], sent: false, received: false, open: true };
    if (model[direction]) return name;
    model[direction] = true;
    model.open = schema.additionalProperties ?? true;
    this.models[name] = model;
    const { required = [], properties } = schema;
    const missing = required.find((field) => !(field in properties));
    if (missing) throw new Error(`${name} requires ${missing}, which it does not declare`);
    model.fields = Object.entries(properties).map(([field, property]) => ({
      name: field,
      required: required.includes(field),
      nullable: property.nullable ?? false,
      kind: this.#kind(property, `${name}.${field}`, direction),
    }));
    return name;
  }

  #name(where) {
    this.used.add(where);
    const isNamed = where in this.#document.components.schemas;
    return NAMES[where] ?? (isNamed ? where : `unnamed: ${where}`);
  }

  /** What a local reference names, with the last part of its name; anything else as it is. */
  #resolve(value) {
    if (!value.$ref) return { value };
    only(value, ['$ref'], value.$ref);
    const parts = value.$ref.replace(/^#\//, '').split('/');
    return { value: parts.reduce((at, part) => at[part], this.#document), name: parts.at(-1) };
  }
}

function only(value, known, where) {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`${where}: \`${unknown}\` is not read`);
}

/** The tag as the name of a resource: `Custom Fields` is `customFields`. */
function resource([tag]) {
  return (tag[0].toLowerCase() + tag.slice(1)).replaceAll(' ', '');
}
