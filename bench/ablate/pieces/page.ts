import type { Piece } from '../piece.ts';

const PAGE = 'src/core/page';
const EXTRACT = `${PAGE}/extract`;
const PROFILES = `${PAGE}/profiles/index.ts`;
const ORDER = '[globalSecurity, semantic, density, body]';
const piece = (name: string, file: string, ...changes: Piece['changes']): Piece => ({ name, file, changes });

/** What finds an article and reads its blocks: profiles, furniture, boilerplate, tables, marks. */
export const page: readonly Piece[] = [
  piece('profile of GlobalSecurity', PROFILES, [ORDER, '[semantic, density, body]']),
  piece('profile by marks', PROFILES, [ORDER, '[globalSecurity, density, body]']),
  piece('profile by density', PROFILES, [ORDER, '[globalSecurity, semantic, body]']),
  piece('furniture of the standards', `${EXTRACT}/furniture.ts`, [
    'if (isStandardFurniture(element)) return true;',
    '',
  ]),
  piece('footers', `${EXTRACT}/furniture.ts`, ["return !hasAncestor(element, 'blockquote');", 'return false;']),
  piece('furniture by name', `${EXTRACT}/furniture.ts`, [
    'return isNamedFurniture(attribs) && this.isSmall(element);',
    '',
  ]),
  piece('names believed of small parts only', `${EXTRACT}/furniture.ts`, [
    'return isNamedFurniture(attribs) && this.isSmall(element);',
    'return isNamedFurniture(attribs);',
  ]),
  piece('forms that ask', `${EXTRACT}/furniture.ts`, ['return this.isSmall(element) && isDialogue(element);', '']),
  piece('set phrases', `${EXTRACT}/boilerplate.ts`, [
    "if (PHRASE.test(text.replace(/^[\\W_]+|[\\W_]+$/g, ''))) return true;",
    '',
  ]),
  piece('stamps', `${EXTRACT}/boilerplate.ts`, ['return isStamp(text) || ', 'return ']),
  piece('copyright', `${EXTRACT}/boilerplate.ts`, ['(COPYRIGHT.test(text) && /\\d{4}|reserved/i.test(text)) || ', '']),
  piece(
    'menus in one line',
    `${EXTRACT}/boilerplate.ts`,
    ['if (text.length > MAX_PHRASE_LENGTH) return isLinkBar(block);', ''],
    [' || isLinkBar(block);', ';'],
  ),
  piece('menus at the ends', `${EXTRACT}/article.ts`, [
    'found.menusMayRemain === true ? trimMenus(blocks, page.url) : blocks',
    'blocks',
  ]),
  piece('front matter', `${EXTRACT}/article.ts`, [
    'markFrontMatter(collected, title, found.frontMatterBeforeHeading === true)',
    'collected',
  ]),
  piece('tables of data', `${EXTRACT}/collector.ts`, ['this.out.inRow || !isDataTable(table)', 'true']),
  piece('two line breaks', `${EXTRACT}/block-stream.ts`, ['if (this.breaks > MAX_BREAKS) this.endBlock();', '']),
  piece('indented lines', `${EXTRACT}/block-stream.ts`, [
    'if (this.breaks > 0 && INDENTED.test(text)) this.endBlock();',
    '',
  ]),
  piece('unclosed headings', `${EXTRACT}/collector.ts`, [
    "if (outer.kind === 'heading' && outer.spent === true) return PARAGRAPH;",
    '',
  ]),
  piece('captions by class', `${EXTRACT}/collector.ts`, [' && CAPTION_CLASS.test(element.attribs.class)', ' && false']),
  piece('hidden by class', `${EXTRACT}/visibility.ts`, [' && HIDING_CLASS.test(attribs.class)', ' && false']),
  piece('mojibake', `${PAGE}/text/mojibake.ts`, ['if (!/[\\u00c2-\\u00f4]/.test(text)) return text;', 'return text;']),
];
