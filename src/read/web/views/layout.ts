import { html } from 'hono/html';
import type { Settings } from '../../options.ts';
import { STYLE_ADDRESS } from '../style.ts';
import { type Html, plain } from './text.ts';

type Section = 'pages' | 'timeline' | 'changes' | null;

export interface Frame {
  /** What this page is about, before the name of the Daybook. */
  readonly title: string | null;
  readonly section: Section;
  readonly content: Html;
}

/** The whole document: landmarks, navigation, and what is the same on every page. */
export function layout(settings: Settings, { title, section, content }: Frame): Html {
  const name = title === null ? settings.title : `${plain(title)} · ${settings.title}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<link rel="stylesheet" href="${STYLE_ADDRESS}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="site">
<a class="brand" href="/">${settings.title}</a>
<nav aria-label="Main">${tab('/', 'Pages', section === 'pages')}${tab('/timeline', 'Timeline', section === 'timeline')}${tab('/changes', 'Changes', section === 'changes')}</nav>
</header>
<main id="content">
${content}
</main>
<footer class="site">
<p>All times are UTC. “Observed” is when Daybook saw it on the page; dates next to the text are the days that the text reports. <a href="/openapi.json">JSON API</a></p>
</footer>
</body>
</html>`;
}

function tab(address: string, label: string, current: boolean): Html {
  return html`<a href="${address}"${current ? html` aria-current="page"` : ''}>${label}</a>`;
}
