import { Toast, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components';
import { useEffect } from 'react';
import { useToastStyles } from './useToastStyles';

/** What is told in passing. */
export interface Message {
  readonly text: string;
  readonly intent: 'success' | 'error';
}

/** Shows each message that comes, in a file of its own: the list is read without it. */
export default function Messages({ latest }: { readonly latest: Message | undefined }) {
  const toaster = useId('toaster');
  const styles = useToastStyles();
  const { dispatchToast } = useToastController(toaster);

  useEffect(() => {
    if (!latest) return;
    dispatchToast(
      <Toast>
        <ToastTitle>{latest.text}</ToastTitle>
      </Toast>,
      { intent: latest.intent },
    );
  }, [dispatchToast, latest]);

  return <Toaster toasterId={toaster} position="bottom-end" mountNode={{ className: styles.above }} />;
}
