import { isSignedIn } from '../session.js';
import { Contacts } from './contacts.js';
import { signIn } from './sign-in.js';

export default async function Page() {
  if (await isSignedIn()) return <Contacts />;
  return (
    <form action={signIn}>
      <label>
        Password <input name="password" type="password" required />
      </label>
      <button type="submit">Sign in</button>
    </form>
  );
}
