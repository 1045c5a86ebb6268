import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import { Panel } from './Panel';
import { words } from './words';

const lookMilliseconds = 5_000;

/** Chromium, Firefox and Safari say in words of their own that a script did not come. */
export function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script failed|unable to preload/i.test(error.message)
  );
}

/** Whether this site answers; reloading while it does not would lead out of it. */
async function answers(): Promise<boolean> {
  try {
    return (await fetch('/config.json', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** In place of a page whose scripts did not come: it is loaded as soon as it can be. */
export function NotLoadedPanel() {
  useEffect(() => {
    const wait = setInterval(() => void look(), lookMilliseconds);
    const look = async () => {
      if (!document.hidden && (await answers())) {
        clearInterval(wait);
        window.location.reload();
      }
    };
    const lookNow = () => void look();
    window.addEventListener('online', lookNow);
    return () => {
      clearInterval(wait);
      window.removeEventListener('online', lookNow);
    };
  }, []);

  return (
    <Panel
      title={words.notLoadedTitle}
      role="alert"
      level={1}
      actions={
        <Button
          appearance="primary"
          onClick={() => void answers().then((there) => there && window.location.reload())}
        >
          {words.retry}
        </Button>
      }
    >
      {words.notLoaded}
    </Panel>
  );
}
