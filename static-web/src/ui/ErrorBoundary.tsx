import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { isLoadFailure, NotLoadedPanel } from './NotLoadedPanel';
import { Panel } from './Panel';
import { words } from './words';

/** The last resort; a lazily loaded page that does not come, or is gone after a deployment, has a way of its own out of it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (isLoadFailure(error)) return <NotLoadedPanel />;
    return (
      <Panel
        title={words.crashedTitle}
        role="alert"
        level={1}
        actions={
          <Button appearance="primary" onClick={() => window.location.reload()}>
            {words.reload}
          </Button>
        }
      >
        {words.crashed}
      </Panel>
    );
  }
}
