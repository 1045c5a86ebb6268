import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { SetupFault } from './config/SetupFault';
import { Themed } from './ui/Themed';
import { loadConfig, type SiteConfig } from './config/config';
import { Landing } from './home/Landing';
import { hasSession } from './identity/session';

const root = createRoot(document.getElementById('root')!);

function render(content: ReactNode): void {
  root.render(
    <StrictMode>
      <Themed>{content}</Themed>
    </StrictMode>,
  );
}

const fail = (error: unknown) => render(<SetupFault error={error} />);

const loadApp = () => import('./app/App');

async function enter(config: SiteConfig): Promise<void> {
  const { App } = await loadApp();
  render(<App config={config} />);
}

/** Shows the page that the address names. */
export async function start(): Promise<void> {
  try {
    const config = await loadConfig();
    // Visitors of the first page get by without the app and the identity provider's client.
    if (window.location.pathname === '/' && !hasSession(config.auth0.clientId))
      render(
        <Landing
          sandbox={config.sandbox}
          onIntent={() => void loadApp()}
          onSignIn={() => {
            window.history.pushState(null, '', '/sign-in');
            enter(config).catch(fail);
          }}
        />,
      );
    else await enter(config);
  } catch (error) {
    fail(error);
  }
}
