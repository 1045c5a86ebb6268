import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  renderToStyleElements,
  SSRProvider,
  type Theme,
} from '@fluentui/react-components';
import { renderToStaticMarkup } from 'react-dom/server';
import { darkTheme, lightTheme } from '../ui/theme';
import { Landing } from './Landing';

/** What a visitor sees before any script has run. Drawn when the site is built; React replaces it with its own, which looks the same. */
export interface FirstPaint {
  readonly markup: string;
  readonly css: string;
}

export function drawFirstPaint(): FirstPaint {
  const renderer = createDOMRenderer(undefined);
  const draw = (theme: Theme) =>
    takeStyles(
      renderToStaticMarkup(
        <RendererProvider renderer={renderer}>
          <SSRProvider>
            <FluentProvider theme={theme}>
              <Landing sandbox={false} onSignIn={() => undefined} />
            </FluentProvider>
          </SSRProvider>
        </RendererProvider>,
      ),
    );
  const light = draw(lightTheme);
  const dark = draw(darkTheme);
  const { css } = takeStyles(renderToStaticMarkup(<>{renderToStyleElements(renderer)}</>));
  return {
    markup: light.markup,
    css: withoutUnused(`${light.css}@media (prefers-color-scheme: dark){${dark.css}}${css}`),
  };
}

/** Our policy forbids styles in a document: theirs go into a file. */
function takeStyles(html: string): FirstPaint {
  let css = '';
  const markup = html.replaceAll(
    /<style([^>]*)>([^<]*)<\/style>/g,
    (_, attributes: string, rules: string) => {
      const media = /media="([^"]*)"/.exec(attributes)?.[1];
      css += media ? `@media ${media}{${rules}}` : rules;
      return '';
    },
  );
  return { markup, css };
}

/** A theme has hundreds of variables and this page needs a few. */
function withoutUnused(css: string): string {
  const used = new Set(Array.from(css.matchAll(/var\((--\w+)/g), ([, name]) => name));
  return css.replaceAll(/(--\w+): [^;]+;\s*/g, (declaration, name: string) =>
    used.has(name) ? declaration : '',
  );
}
