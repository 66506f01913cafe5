import type { JSX } from 'preact';

/** A picture of which the file may be gone: then its place stays empty, without the browser's sign for "broken". */
export const Picture = ({
  alt,
  ...rest
}: { alt: string; src: string } & Pick<JSX.IntrinsicElements['img'], 'class' | 'width' | 'height' | 'decoding'>) => (
  <img
    alt={alt}
    {...rest}
    onError={({ currentTarget }) => currentTarget.classList.add('missing')}
    onLoad={({ currentTarget }) => currentTarget.classList.remove('missing')}
  />
);
