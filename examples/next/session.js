// Who is signed in, by a cookie that says until when and is signed. An app with users of its own has this already.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookies } from 'next/headers';

const DAY_MS = 86_400_000;

export async function isSignedIn() {
  const [end = '', signature = ''] = (await cookies()).get('session')?.value.split('.') ?? [];
  return isSame(signature, sign(end)) && Number(end) > Date.now();
}

export async function startSession() {
  const end = String(Date.now() + DAY_MS);
  const options = { httpOnly: true, sameSite: 'strict', secure: true, maxAge: DAY_MS / 1000 };
  (await cookies()).set('session', `${end}.${sign(end)}`, options);
}

export function isPassword(text) {
  return isSame(text, required('TEAM_PASSWORD'));
}

/** Compares what is signed of both, which tells by its time nothing of the texts. */
function isSame(a, b) {
  return timingSafeEqual(Buffer.from(sign(a)), Buffer.from(sign(b)));
}

function sign(text) {
  return createHmac('sha256', required('SESSION_SECRET')).update(text).digest('base64url');
}

function required(name) {
  if (process.env[name]) return process.env[name];
  throw new Error(`${name} is not set`);
}
