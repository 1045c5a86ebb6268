import { makeStyles, tokens } from '@fluentui/react-components';

const forced = '@media (forced-colors: active)';

/** The theme's colours for what is drawn; the reader's own where they force them, which browsers do not do for shapes by themselves. */
export const useChartStyles = makeStyles({
  usual: {
    fill: tokens.colorBrandForeground1,
    [forced]: { fill: 'Canvas', stroke: 'CanvasText', strokeWidth: '1px' },
  },
  bad: { fill: tokens.colorStatusDangerForeground1, [forced]: { fill: 'CanvasText' } },
  quiet: { fill: tokens.colorNeutralForeground3, [forced]: { fill: 'GrayText' } },
  mark: {
    fill: tokens.colorNeutralForeground1,
    stroke: tokens.colorNeutralBackground1,
    [forced]: { fill: 'CanvasText', stroke: 'Canvas' },
  },
  line: {
    fill: 'none',
    stroke: tokens.colorNeutralForeground1,
    strokeWidth: '2px',
    [forced]: { stroke: 'CanvasText' },
  },
  grid: { stroke: tokens.colorNeutralStroke2, [forced]: { stroke: 'GrayText' } },
  tick: {
    fill: tokens.colorNeutralForeground3,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    [forced]: { fill: 'CanvasText' },
  },
  chosen: {
    fill: tokens.colorNeutralBackground1Hover,
    [forced]: { fill: 'Canvas', stroke: 'Highlight', strokeWidth: '2px' },
  },
});
