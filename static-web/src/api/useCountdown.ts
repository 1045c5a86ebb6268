import { useEffect, useState } from 'react';

/**
 * The seconds that are left of a wait which began with `cause`, 0 or less when they are over, and undefined without a wait. Calls `onEnd`
 * then, or where the page is not seen, as soon as it is.
 */
export function useCountdown(
  seconds: number | undefined,
  cause: unknown,
  onEnd?: () => void,
): number | undefined {
  const [wait, setWait] = useState({ cause, left: seconds });
  const left = wait.cause === cause ? wait.left : seconds;

  useEffect(() => {
    if (left === undefined || left < 0) return;
    const step = () => {
      if (left === 0 && document.hidden) return;
      setWait({ cause, left: left - 1 });
      if (left === 0) onEnd?.();
    };
    const timer = setTimeout(step, left > 0 ? 1000 : 0);
    if (left === 0) document.addEventListener('visibilitychange', step);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', step);
    };
  }, [cause, left, onEnd]);

  return left;
}
