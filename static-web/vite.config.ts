import { createReadStream } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, runnerImport, type HtmlTagDescriptor, type Plugin } from 'vite';
import type { FirstPaint } from './src/home/firstPaint';

const sdk = createRequire(import.meta.url).resolve('@zoom/meetingsdk/package.json');
const sdkVersion = (createRequire(import.meta.url)(sdk) as { version: string }).version;
const sdkAssets = join(dirname(sdk), 'dist');

/** Puts the SDK's own assets under /zoom/<version>: the version in the path makes them cacheable for ever. */
function zoomAssets(): Plugin {
  let target = '';
  return {
    name: 'zoom-assets',
    apply: 'build',
    configResolved: (config) => {
      target = resolve(config.root, config.build.outDir, 'zoom', sdkVersion);
    },
    closeBundle: async () => {
      // The style sheet in lib refers to its sibling ui.
      await Promise.all(
        ['lib', 'ui'].map((part) => cp(join(sdkAssets, part), join(target, part), { recursive: true })),
      );
    },
  };
}

/**
 * The SDK carries protobuf.js, which looks for Node's require with eval and does without it when that fails.
 * Here it always fails, and the browser reports it as a breach of our policy: so it fails without asking.
 */
function withoutEval(): Plugin {
  const lookup = /eval\("quire"\.replace\(\/\^\/,\s*"re"\)\)\(\w+\)/g;
  return {
    name: 'without-eval',
    apply: 'build',
    transform: {
      filter: { id: /zoomus-websdk\.umd\.min\.js/ },
      handler: (code) => {
        if (code.match(lookup)?.length !== 1) throw new Error('The SDK no longer evals as we know it.');
        return { code: code.replace(lookup, 'null'), map: null };
      },
    },
  };
}

/** Tells the room where the SDK's scripts are, for the lobby to fetch them without running them. */
function zoomScripts(): Plugin {
  return {
    name: 'zoom-scripts',
    apply: 'build',
    transformIndexHtml: (_html, { path, bundle }) => {
      if (path !== '/room.html') return [];
      const sdkScripts = Object.values(bundle ?? {}).find(
        (file) => file.type === 'chunk' && file.moduleIds.some((id) => id.includes('zoomus-websdk.umd')),
      );
      if (!sdkScripts) throw new Error('The scripts of the SDK are missing.');
      return [
        { tag: 'meta', attrs: { name: 'zoom-sdk', content: `/${sdkScripts.fileName}` }, injectTo: 'head' },
      ];
    },
  };
}

/** Draws the first page into index.html, for visitors to read while the scripts that main.ts loads are on their way. */
function firstPaint(): Plugin {
  let drawn: FirstPaint;
  return {
    name: 'first-paint',
    apply: 'build',
    buildStart: async function () {
      const { module } = await runnerImport<typeof import('./src/home/firstPaint')>(
        './src/home/firstPaint.tsx',
        // Its icons' modules name each other without endings, which Node does not follow.
        { configFile: false, environments: { inline: { resolve: { noExternal: [/^@fluentui\//] } } } },
      );
      drawn = module.drawFirstPaint();
      this.emitFile({ type: 'asset', name: 'first-paint.css', source: drawn.css });
    },
    transformIndexHtml: (html, { path, bundle }) => {
      if (path !== '/index.html') return html;
      const files = Object.values(bundle ?? {});
      const style = files.find((file) => file.type === 'asset' && file.names.includes('first-paint.css'));
      const site = files.find((file) => file.type === 'chunk' && file.name === 'site');
      if (!style || site?.type !== 'chunk')
        throw new Error('The style or the scripts of the site are missing.');
      const link = (rel: string, file: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/${file}` },
        injectTo: 'head',
      });
      return {
        html: html.replace(
          '<div id="root">',
          () => `<div id="root"><div id="first-paint">${drawn.markup}</div>`,
        ),
        tags: [
          link('stylesheet', style.fileName),
          ...[site.fileName, ...site.imports]
            .filter((file) => !html.includes(file))
            .map((file) => link('modulepreload', file)),
        ],
      };
    },
  };
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const port = (part: string, usual: number) => Number(process.env[`SECUREZOOM_${part}_PORT`] ?? usual);

/**
 * Answers during development what else the hosting does: /config.json, /room and the SDK's own assets. A build carries
 * no config.json, so that no deployment inherits another's.
 */
function developmentHosting(env: Record<string, string>): Plugin {
  const organization = env['SITE_AUTH0_ORGANIZATION'];
  const config = {
    apiUrl: env['SITE_API_URL'] ?? `http://localhost:${port('APP', 7071)}/api`,
    auth0: {
      domain: env['SITE_AUTH0_DOMAIN'] ?? `http://localhost:${port('IDENTITY', 7072)}`,
      clientId: env['SITE_AUTH0_CLIENT_ID'] ?? 'securezoom-spa',
      audience: env['SITE_AUTH0_AUDIENCE'] ?? 'https://api.securezoom.example',
      ...(organization ? { organization } : {}),
    },
    sandbox: (env['SITE_SANDBOX'] ?? 'true') === 'true',
  };
  return {
    name: 'development-hosting',
    apply: 'serve',
    configureServer: ({ middlewares }) => {
      middlewares.use('/config.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(config));
      });
      middlewares.use(`/zoom/${sdkVersion}`, (request, response) => {
        // An address resolves its dots when it is read: it stays below the folder.
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        response.setHeader('Content-Type', mediaTypes[extname(pathname)] ?? 'application/octet-stream');
        createReadStream(join(sdkAssets, pathname))
          .on('error', () => response.writeHead(404).end())
          .pipe(response);
      });
      middlewares.use((request, _response, next) => {
        if (request.url?.split('?')[0] === '/room') request.url = request.url.replace('/room', '/room.html');
        next();
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    zoomAssets(),
    withoutEval(),
    zoomScripts(),
    firstPaint(),
    developmentHosting(loadEnv(mode, import.meta.dirname, 'SITE_')),
  ],
  define: { ZOOM_SDK_VERSION: JSON.stringify(sdkVersion) },
  server: { port: port('SITE', 4280), strictPort: true },
  build: {
    target: 'es2022',
    manifest: true,
    // The policy allows no data: addresses, and every browser we support knows modulepreload.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      input: ['index.html', 'room.html'],
      output: {
        codeSplitting: {
          groups: [
            { name: 'preload', test: /preload-helper/, priority: 1 },
            // What the first page needs in one file; else it is a small one for each set of pages that share it.
            {
              name: 'base',
              test: /src\/(home\/Landing|ui\/Themed|config\/(config|SetupFault)|identity\/session)\.tsx?$|\/react-dom\//,
            },
          ],
        },
      },
    },
  },
}));
