import { makeStyles, tokens } from '@fluentui/react-components';

const bare = { listStyleType: 'none', margin: 0, padding: 0 } as const;

/** Lists without marks: of rows on one ground, or of parts that stand free, below or beside each other. */
export const useListStyles = makeStyles({
  rows: {
    ...bare,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  parts: {
    ...bare,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  tags: {
    ...bare,
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
  },
});
