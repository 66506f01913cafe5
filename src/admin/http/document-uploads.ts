import type { OpenAPIObject } from '@nestjs/swagger';

const PICTURE = { type: 'string', format: 'binary' } as const;

/** Files come beside the fields that a body is checked by, so that its schema does not know them. */
const UPLOADS = [
  [
    '/api/admin/jobs',
    'post',
    { photos: { type: 'array', items: PICTURE, description: 'the photos, JPEG, PNG, WebP, HEIC or AVIF' } },
  ],
  [
    '/api/admin/photos/advice',
    'post',
    { photo: { ...PICTURE, description: 'the photo, JPEG, PNG, WebP, HEIC or AVIF' } },
  ],
  [
    '/api/admin/jobs/{jobId}/photo',
    'put',
    { photo: { ...PICTURE, description: 'the photo, JPEG, PNG, WebP, HEIC or AVIF' } },
  ],
  [
    '/api/admin/brands/{tenantId}/logo',
    'put',
    { logo: { ...PICTURE, description: 'the logo, a PNG with transparency' } },
  ],
  ['/api/v1/jobs/create', 'post', { image: { ...PICTURE, description: 'the photo, JPEG, PNG, WebP, HEIC or AVIF' } }],
] as const;

/** Adds the uploads to the forms that take some, so that a generated client can send them. */
export function addUploads(document: OpenAPIObject): OpenAPIObject {
  for (const [path, method, fields] of UPLOADS) {
    const body = document.paths[path]?.[method]?.requestBody;
    const form = body && 'content' in body ? body.content['multipart/form-data']?.schema : undefined;
    if (!form || !('properties' in form)) throw new Error(`the document has no form at ${path}`);
    form.properties = { ...form.properties, ...fields };
  }
  return document;
}
