// The documents that decoding is measured with.

const FIRST = ['Aida', 'Budi', 'Chen', 'Devi', 'Emma', 'Farid', 'Grace', 'Hana', 'Ivan', 'Jaya'];
const LAST = ['Rahman', 'Santoso', 'Wei', 'Nair', 'Schmidt', 'Hassan', 'Tan', 'Suzuki', 'Petrov', 'Kumar'];
const AFAR = ['Zoë', '小明', 'Müller', 'さくら', 'José', 'Анна', '지훈', 'Łukasz', 'फरीद', 'Ngọc'];
const LANGUAGES = ['en', 'ms', 'id', 'zh-CN', 'de'];
const COUNTRIES = ['MY', 'ID', 'SG', 'CN', 'DE'];
const TAGS = ['vip', 'newsletter', 'lead', 'returning', 'wholesale'];
const at = (list, index) => list[index % list.length];

/** A contact with every field of the contract, about 630 bytes. */
function contact(n) {
  const [first, last] = [at(FIRST, n), at(LAST, n * 7)];
  const id = 250_000_000 + n * 17;
  return {
    id,
    firstName: first,
    lastName: last,
    email: `${first}.${last}.${n}@example.com`.toLowerCase(),
    phone: `+601${20_000_000 + n * 7919}`,
    language: at(LANGUAGES, n),
    profilePic: `https://cdn.example.com/profiles/${id}/avatar.png?size=128`,
    countryCode: at(COUNTRIES, n),
    status: n % 3 ? 'open' : 'close',
    assignee: `agent${n % 5}@example.com`,
    created: 1_700_000_000 + n * 3607,
    tags: [at(TAGS, n), at(TAGS, n + 2)],
    customFields: [
      { name: 'Company', value: `${last} Trading` },
      { name: 'Plan', value: n % 2 ? 'basic' : 'pro' },
      { name: 'Renewal', value: `2026-0${1 + (n % 9)}-15` },
      { name: 'Source', value: at(['Facebook', 'WhatsApp', 'Referral'], n) },
      { name: 'Address', value: `${n + 1} Jalan Ampang, 50450 Kuala Lumpur` },
      { name: 'Note', value: `Asked for a quote on order ${9000 + n}.` },
    ],
  };
}

function afar(n) {
  const name = at(AFAR, n);
  return { ...contact(n), firstName: name, lastName: at(AFAR, n + 3), tags: [`${name} ✓`, at(TAGS, n)] };
}

/** Every string another one. */
function unique(n) {
  const own = (value, path) => {
    if (typeof value === 'string') return `${value.slice(0, 40)}${n}${path}`;
    if (Array.isArray(value)) return value.map((inner, i) => own(inner, `${path}${i}`));
    if (typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner], i) => [key, key === 'name' ? inner : own(inner, i)]),
    );
  };
  return own(contact(n), '');
}

const withUnknown = (n) => ({ ...contact(n), lifecycle: at(['Hot Lead', 'Customer'], n), score: n % 10 });
const reordered = (n) => Object.fromEntries(Object.entries(contact(n)).reverse());

function page(make, count = 100) {
  const items = Array.from({ length: count }, (_, n) => make(n));
  return JSON.stringify({ items, pagination: { cursorId: 250_001_700, hasMore: true } });
}

/** By name: the operation that is answered and the text of its answer. */
export const DOCUMENTS = {
  'ASCII page': ['listContacts', page(contact)],
  'non-ASCII page': ['listContacts', page(afar)],
  'two unknown fields a contact': ['listContacts', page(withUnknown)],
  'every string unique': ['listContacts', page(unique)],
  'fields in another order': ['listContacts', page(reordered)],
  'page of 10': ['listContacts', page(contact, 10)],
  'single contact': ['getContact', JSON.stringify(contact(1))],
};
