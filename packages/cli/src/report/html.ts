/** Markup that is safe to stand in a page. Made by {@link html} alone, so that text cannot be taken for it. */
export interface Html {
  readonly markup: string;
}

/** What can stand in a template: text and numbers are escaped, markup stays as it is, lists are joined. */
export type HtmlPart = string | number | Html | readonly Html[];

/** A template of HTML in which everything that is put in is escaped, unless it is markup already. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let markup = texts[0] ?? '';
  for (const [index, part] of parts.entries()) markup += markupOf(part) + (texts[index + 1] ?? '');
  return { markup };
}

/** Nothing. */
export const noHtml: Html = { markup: '' };

/**
 * The content of a style or script element, in which nothing is escaped: our own sources and the chart library's, never data.
 * What would end the element early is broken up.
 */
export const ownSource = (text: string): Html => ({ markup: text.replace(/<\/(script|style)/gi, '<\\/$1') });

/** Data as JSON inside a script element, where `<` could end it. */
export const jsonSource = (data: unknown): Html => ({ markup: JSON.stringify(data).replace(/</g, '\\u003c') });

function markupOf(part: HtmlPart): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
