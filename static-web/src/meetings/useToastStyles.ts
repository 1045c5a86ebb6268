import { makeStyles } from '@fluentui/react-components';

export const useToastStyles = makeStyles({
  // One more than the dialogs and what darkens the page behind them.
  above: { zIndex: 1000001 },
});
