import {
  createDarkTheme,
  createLightTheme,
  type BrandVariants,
  type Theme,
} from '@fluentui/react-components';

const brand: BrandVariants = {
  10: '#021311',
  20: '#05201d',
  30: '#082e2a',
  40: '#0a3b36',
  50: '#0b4843',
  60: '#0c554f',
  70: '#0d635b',
  80: '#0f766e',
  90: '#1b857c',
  100: '#33968d',
  110: '#4ba69d',
  120: '#64b5ad',
  130: '#7ec5bd',
  140: '#9ad4cd',
  150: '#b7e2dd',
  160: '#d5f0ec',
};

export const lightTheme: Theme = createLightTheme(brand);

// Fluent's own shades of a brand are too dark for text on dark grounds.
export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  colorBrandForeground1: brand[120],
  colorBrandForeground2: brand[130],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandForegroundLinkPressed: brand[110],
};
