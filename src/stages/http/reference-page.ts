import { createHash } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of a schema that the page shows. */
interface Schema {
  type?: string;
  description?: string;
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
}

interface Operation {
  summary?: string;
  description?: string;
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f;background:#fff}
h2{margin-top:3rem;border-top:1px solid #ccc;padding-top:1rem;font-size:1.15rem}code{font-family:ui-monospace,monospace}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #eee}`;

/** Neither scripts nor anything from elsewhere: the page works offline and in the strictest browser. */
export const REFERENCE_PAGE_POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The OpenAPI document as one page to read. */
export function renderReferencePage({ info, paths }: OpenAPIObject): string {
  const sections = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => section(method, path, operation)),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)}</title><style>${STYLE}</style></head>
<body><h1>${escape(info.title)}</h1><p>${escape(info.description ?? '')}</p>
${sections.join('\n')}
</body></html>
`;
}

const section = (method: string, path: string, operation: Operation): string => {
  const request = operation.requestBody?.content?.['application/json']?.schema;
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, { description = '', content }]) =>
      `<tr><td><code>${escape(status)}</code></td><td>${escape(description)}${fields(content?.['application/json']?.schema)}</td></tr>`,
  );
  return `<h2><code>${escape(method.toUpperCase())} ${escape(path)}</code></h2>
<p>${escape(operation.summary ?? '')}</p>${operation.description ? `<p>${escape(operation.description)}</p>` : ''}
${request ? `<h3>Request</h3>${fields(request)}` : ''}<h3>Answers</h3><table>${answers.join('')}</table>`;
};

const fields = (schema: Schema | undefined): string => {
  if (!schema?.properties) return '';
  const rows = Object.entries(schema.properties).map(
    ([name, field]) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(typeOf(field))}${schema.required?.includes(name) ? ', required' : ''}</td>` +
      `<td>${escape(field.description ?? '')}${fields(field.items ?? field)}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
};

const typeOf = (schema: Schema): string => {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  const name = schema.enum ? schema.enum.map(String).join(' | ') : (schema.type ?? 'any');
  return `${schema.items ? `${name} of ${typeOf(schema.items)}` : name}${schema.nullable ? ' or null' : ''}`;
};

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
