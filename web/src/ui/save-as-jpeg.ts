/** Far below the 8 MB that Instagram takes at most, and without a trace of compression at the size of a screen. */
const QUALITY = 0.92;

/** Saves a picture of ours as a JPEG: sRGB, as a canvas draws it, and without metadata. */
export async function saveAsJpeg(url: string, name: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!jpeg) throw new Error('JPEG');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(jpeg);
  link.download = `${name}.jpg`;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
