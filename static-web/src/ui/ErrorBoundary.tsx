import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { Panel } from './Panel';
import { words } from './words';

/** The last resort: also catches a lazily loaded page that is gone after a deployment. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
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
