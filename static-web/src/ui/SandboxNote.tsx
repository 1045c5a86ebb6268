import { makeStyles, tokens } from '@fluentui/react-components';
import { words } from './words';

const useStyles = makeStyles({
  note: {
    backgroundColor: tokens.colorPaletteYellowBackground1,
    color: tokens.colorNeutralForeground1,
    borderBottom: `1px solid ${tokens.colorPaletteYellowBorder1}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    fontSize: tokens.fontSizeBase200,
  },
});

export function SandboxNote() {
  return <div className={useStyles().note}>{words.sandbox}</div>;
}
