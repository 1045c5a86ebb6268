import { useEffect, useLayoutEffect } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** After Back, and after a reload, the page stands where it stood, once it is drawn. */
export function useScrollMemory(isDrawn: boolean): void {
  const { key } = useLocation();
  const isReturn = useNavigationType() === NavigationType.Pop;
  const place = `scroll ${key}`;

  // Before the page is gone, which scrolls as well.
  useLayoutEffect(() => {
    const remember = () => sessionStorage.setItem(place, String(Math.round(window.scrollY)));
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, [place]);

  useEffect(() => {
    const top = Number(sessionStorage.getItem(place));
    if (!isDrawn || !isReturn || !top) return;
    // After the shell, which begins every page at its top.
    const frame = requestAnimationFrame(() => window.scrollTo(0, top));
    return () => cancelAnimationFrame(frame);
  }, [isDrawn, isReturn, place]);
}
