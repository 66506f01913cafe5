import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export interface SessionNow {
  /** Signed in with a key, or nobody is asked for one. */
  actor: string | null;
  mayOperate: boolean;
  /** A cookie is in play: there is something to sign out of. */
  isSignedIn: boolean;
  signOut(): void;
}

export const SessionContext = createContext<SessionNow>({
  actor: null,
  mayOperate: false,
  isSignedIn: false,
  signOut: () => {},
});

export const useSession = (): SessionNow => useContext(SessionContext);
