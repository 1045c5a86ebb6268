import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { text } from '../text';
import { Panel } from './Panel';

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
        title={text.errors.pageTitle}
        role="alert"
        level={1}
        actions={
          <Button appearance="primary" onClick={() => window.location.reload()}>
            {text.errors.reload}
          </Button>
        }
      >
        {text.errors.crashed}
      </Panel>
    );
  }
}
