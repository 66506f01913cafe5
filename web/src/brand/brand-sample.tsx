import type { Brand } from '../api/making-types.js';
import { Picture } from '../ui/picture.js';
import { useWords } from '../words/index.js';
import { inkOn } from './contrast.js';

const hash = (colour: string): string => `#${colour}`;

/** How the brand stands at the foot of a picture and under a post. */
export function BrandSample({ brand }: { brand: Brand }) {
  const words = useWords();
  const { name, logoUrl, colour, secondColour, handle, phone, address, hours } = brand;
  const ground = colour ?? '1d1b18';
  const badge = secondColour ?? 'faf9f7';
  return (
    <figure class="brand-sample" aria-label={words.brand.sample}>
      <div class="sample-picture" style={{ background: hash(ground), color: hash(inkOn(ground)) }}>
        {logoUrl && <Picture src={logoUrl} alt="" class="sample-logo" />}
        <strong lang="ko">{name ?? words.job.shop}</strong>
        <span class="sample-badge" style={{ background: hash(badge), color: hash(inkOn(badge)) }}>
          8,900{words.language === 'ko' ? '원' : ' won'}
        </span>
        <span class="sample-foot" lang="ko">
          {[handle, phone].filter(Boolean).join(' · ')}
        </span>
      </div>
      <figcaption class="quiet" lang="ko">
        {[name, address, hours, phone, handle].filter(Boolean).join(' · ') || words.brand.empty}
      </figcaption>
    </figure>
  );
}
