import { createContext, useContext } from 'react';

export const SignOutContext = createContext<(() => void) | undefined>(undefined);

/** Signs out in every tab of this browser, and goes to the first page. */
export function useSignOut(): () => void {
  const signOut = useContext(SignOutContext);
  if (!signOut) throw new Error('useSignOut outside SessionGuard');
  return signOut;
}
