import { useEffect } from 'react';

/** Goes on as soon as the browser has a network again. */
export function useOnline(goOn: (() => void) | undefined): void {
  useEffect(() => {
    if (!goOn) return;
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, [goOn]);
}
