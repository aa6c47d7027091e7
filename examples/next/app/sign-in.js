'use server';

import { isPassword, startSession } from '../session.js';

export async function signIn(form) {
  if (isPassword(String(form.get('password')))) await startSession();
}
