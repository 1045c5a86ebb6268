import { makeStyles, tokens } from '@fluentui/react-components';

/** What the parts of the form share. */
export const useFormStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    alignItems: 'start',
    gap: tokens.spacingHorizontalL,
    '@media (max-width: 640px)': { gridTemplateColumns: '1fr' },
    '& > *': { minWidth: 0 },
  },
  choices: { flexWrap: 'wrap' },
  input: { minWidth: 0, width: '100%' },
});
