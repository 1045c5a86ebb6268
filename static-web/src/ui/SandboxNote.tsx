import { makeStyles, tokens } from '@fluentui/react-components';
import { text } from '../text';

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
  return <div className={useStyles().note}>{text.shell.sandbox}</div>;
}
