/** A form of a union: the tag's value, and the fields that go with it. @typedef {{ value: string, required: string[], optional: string[] }} Form */

/**
 * Whether a value must be there.
 *
 * @param {{ required: boolean, nullable?: boolean }} field - What is known of it.
 * @returns {string} `required` or `optional`, then `or null` where it may be null.
 * @example
 * presence({ required: false, nullable: true }); // 'optional or null'
 */
export function presence({ required, nullable = false }) {
  return `${required ? 'required' : 'optional'}${nullable ? ' or null' : ''}`;
}

/**
 * Whether a field must be there in an object whose other fields depend on a tag.
 *
 * @param {{ name: string, nullable?: boolean }} field - The field.
 * @param {string} tag - The name of the tag.
 * @param {Form[]} forms - A form for each value of the tag.
 * @returns {string} With which values the field is required or optional.
 * @example
 * presenceIn({ name: 'text' }, 'type', [{ value: 'text', required: ['text'], optional: [] }]); // 'required with type text'
 */
export function presenceIn({ name, nullable = false }, tag, forms) {
  const values = (way) => forms.filter((form) => form[way].includes(name)).map((form) => form.value);
  const ways = ['required', 'optional'].filter((way) => values(way).length > 0);
  const texts = ways.map((way) => `${way} with ${tag} ${values(way).join(', ')}`);
  return `${texts.join('; ')}${nullable ? ' or null' : ''}`;
}

/**
 * The directions that a model travels in.
 *
 * @param {{ sent: unknown, received: unknown }} model - A model of the contract or of ours.
 * @returns {('sent' | 'received')[]} One or both.
 * @example
 * directions({ sent: true, received: false }); // ['sent']
 */
export function directions(model) {
  return ['sent', 'received'].filter((direction) => model[direction]);
}
