-- What every database starts with: styles, prompts, presets and the models of the embedded engines.
-- Ids are derived from a name, so that a row has the same id in every database and logs and plans stay comparable.

-- Styles --------------------------------------------------------------------------------------------------------------

-- eng_name is the prompt type: the only link from a style to its placement presets.
insert into tone_styles (tone_style_id, code, kor_name, eng_name, description)
select uuid_generate_v5(uuid_ns_url(), 'feedlyai:tone_style:' || code), code, kor_name, eng_name, description
from (values
  ('hero_dish_focus', '대표 메뉴 강조', 'Hero Dish Focus',
    '가게의 대표 메뉴 하나를 화면의 주인공으로 크게 보여 주는 스타일'),
  ('seasonal_limited', '시즌 한정', 'Seasonal / Limited Time',
    '계절감과 지금만 즐길 수 있는 한정 메뉴의 설렘을 전하는 스타일'),
  ('behind_the_scenes', '비하인드·진정성', 'Behind the Scenes / Authenticity',
    '주방과 손길이 느껴지는 솔직하고 믿음직한 분위기의 스타일'),
  ('lifestyle_integration', '일상 속 한 장면', 'Lifestyle Integration',
    '메뉴가 손님의 하루에 자연스럽게 녹아드는 장면을 보여 주는 스타일'),
  ('ugc_social_proof', '손님 후기 감성', 'UGC / Social Proof',
    '손님이 직접 찍어 올린 듯한 친근한 후기 사진 느낌의 스타일'),
  ('minimalist_branding', '미니멀 브랜딩', 'Minimalist Branding',
    '여백과 단정한 색으로 브랜드의 인상을 또렷하게 남기는 스타일'),
  ('emotion_comfort', '따뜻한 위로', 'Emotion / Comfort',
    '따뜻하고 포근한 정서로 마음을 달래 주는 스타일'),
  ('retro_vintage', '레트로·이야기', 'Retro / Vintage / Storytelling',
    '오래된 가게의 추억과 이야기를 옛 사진처럼 담아내는 스타일')
) as style (code, kor_name, eng_name, description);

-- Background prompts --------------------------------------------------------------------------------------------------

-- The prompts describe surroundings only: the dish itself is the customer's photo, and the model must not paint another
-- one. The calm upper part is where the overlay finds room for text. What every negative prompt shares is written once.
insert into pbg_prompt_assets (prompt_asset_id, tone_style_id, prompt_type, prompt_version, prompt, negative_prompt)
select
  uuid_generate_v5(uuid_ns_url(), 'feedlyai:pbg_prompt:v1:' || style.code),
  style.tone_style_id,
  style.eng_name,
  'v1',
  jsonb_build_object('en', template.prompt),
  jsonb_build_object(
    'en',
    template.negative
      || ', text, letters, watermark, logo, extra food, duplicated plate, hands, distorted perspective, floating '
      || 'objects, low resolution, blurry, oversaturated'
  )
from (values
  ('hero_dish_focus',
    'A premium food advertisement background built around one signature dish: a dark walnut tabletop in the '
      || 'foreground, softly blurred restaurant interior behind it, a single warm key light from the upper '
      || 'left, gentle rim light, rich contrast, calm and uncluttered upper third, photorealistic, shallow depth '
      || 'of field',
    'second dish, crowded table, harsh flash'),
  ('seasonal_limited',
    'A seasonal limited-time food advertisement background: a clean tabletop framed by natural decorations '
      || 'of the season at the edges only, fresh daylight, a festive yet tidy mood, colours taken from the '
      || 'season, open space above the centre, photorealistic, soft shadows',
    'mixed seasons, holiday clutter, artificial snow spray'),
  ('behind_the_scenes',
    'An authentic behind-the-scenes kitchen background: a worn wooden prep counter with a light dusting of '
      || 'flour, steel utensils and a stove out of focus behind it, honest window light mixed with warm kitchen '
      || 'lamps, documentary look, quiet upper area, photorealistic',
    'staged studio set, glossy plastic look, visible faces'),
  ('lifestyle_integration',
    'An everyday lifestyle background for a food advertisement: a bright table by a cafe window with a '
      || 'folded linen napkin and an open book near the edge, morning sunlight with soft leaf shadows, relaxed '
      || 'and airy, generous empty space, photorealistic, natural colours',
    'people in the foreground, messy room, cold office light'),
  ('ugc_social_proof',
    'A casual background that looks like a guest''s own phone photo: a small restaurant table seen slightly '
      || 'from above, neighbouring glasses and a tray corner out of focus, warm indoor light, natural '
      || 'imperfection, friendly and lively, plain area near the top, photorealistic',
    'studio lighting, heavy retouching, phone interface, logos'),
  ('minimalist_branding',
    'A minimalist brand background: a seamless matte surface meeting a plain wall in one muted colour, a '
      || 'single soft shadow falling diagonally, large negative space, precise and calm composition, diffuse '
      || 'studio light, photorealistic, no props',
    'props, patterns, strong texture, busy background'),
  ('emotion_comfort',
    'A cosy comforting background for a food advertisement: a rustic table with a knitted cloth, warm lamp '
      || 'glow and soft bokeh in the back, a hint of rising steam, amber and cream tones, intimate evening mood, '
      || 'uncluttered upper part, photorealistic',
    'cold blue light, sterile surface, hard shadows'),
  ('retro_vintage',
    'A retro storytelling background: an old diner table with a faded enamel tray and patterned tiles '
      || 'behind it, late-afternoon light, gently faded film colours and fine grain, nostalgic neighbourhood '
      || 'shop mood, simple wall area at the top, photorealistic',
    'modern gadgets, neon cyberpunk, digital sharpness')
) as template (code, prompt, negative)
join tone_styles style on style.code = template.code;

-- Placement presets ---------------------------------------------------------------------------------------------------

-- One preset per variant number, so the three of a style must look different side by side.
insert into pbg_placement_presets (placement_preset_id, prompt_type, preset_order, x, y, size, rotation)
select
  uuid_generate_v5(uuid_ns_url(), 'feedlyai:pbg_placement_preset:' || style.code || ':' || preset.preset_order),
  style.eng_name, preset.preset_order, preset.x, preset.y, preset.size, 0
from (values
  ('hero_dish_focus', 1, 0.50, 0.58, 0.90),
  ('hero_dish_focus', 2, 0.47, 0.62, 0.82),
  ('hero_dish_focus', 3, 0.53, 0.54, 0.76),
  ('seasonal_limited', 1, 0.50, 0.64, 0.80),
  ('seasonal_limited', 2, 0.46, 0.58, 0.70),
  ('seasonal_limited', 3, 0.54, 0.68, 0.74),
  ('behind_the_scenes', 1, 0.48, 0.66, 0.76),
  ('behind_the_scenes', 2, 0.54, 0.60, 0.84),
  ('behind_the_scenes', 3, 0.45, 0.70, 0.69),
  ('lifestyle_integration', 1, 0.46, 0.66, 0.72),
  ('lifestyle_integration', 2, 0.54, 0.62, 0.79),
  ('lifestyle_integration', 3, 0.50, 0.56, 0.68),
  ('ugc_social_proof', 1, 0.52, 0.60, 0.86),
  ('ugc_social_proof', 2, 0.47, 0.52, 0.78),
  ('ugc_social_proof', 3, 0.50, 0.68, 0.71),
  ('minimalist_branding', 1, 0.50, 0.70, 0.68),
  ('minimalist_branding', 2, 0.45, 0.63, 0.75),
  ('minimalist_branding', 3, 0.55, 0.56, 0.70),
  ('emotion_comfort', 1, 0.50, 0.62, 0.84),
  ('emotion_comfort', 2, 0.54, 0.67, 0.75),
  ('emotion_comfort', 3, 0.46, 0.55, 0.70),
  ('retro_vintage', 1, 0.47, 0.64, 0.82),
  ('retro_vintage', 2, 0.53, 0.69, 0.72),
  ('retro_vintage', 3, 0.50, 0.50, 0.77)
) as preset (code, preset_order, x, y, size)
join tone_styles style on style.code = preset.code;

-- Vision prompt -------------------------------------------------------------------------------------------------------

-- YE looks it up by type, version and key, and parses the answer by these five keys.
insert into vlm_prompt_assets (prompt_asset_id, prompt_type, prompt_version, prompt)
values (
  uuid_generate_v5(uuid_ns_url(), 'feedlyai:vlm_prompt:gpt:v1'),
  'gpt',
  'v1',
  jsonb_build_object('en',
    'You are the art director of a food advertisement. Look at the dish in the image and propose '
      || 'surroundings for it. Answer with one JSON object and nothing else, with exactly these keys: '
      || '"decoration_main" (one prop that suits the dish, a short English noun phrase), "decoration_sub" (a '
      || 'second, smaller prop), "bg_main_color" (colour of the background, a plain English colour name), '
      || '"bg_floor_color" (colour of the surface the dish stands on), "best_season" (one of spring, summer, '
      || 'autumn, winter, all_year). Choose colours that let the dish stand out. Do not describe the dish '
      || 'itself, people, text or logos.'
  )
);

-- Models of the embedded engines --------------------------------------------------------------------------------------

insert into gen_models (model_id, name, repo, version, defaults)
values (
  uuid_generate_v5(uuid_ns_url(), 'feedlyai:gen_model:local-composer:1'),
  'local-composer', 'feedlyai-pipeline', '1', '{}'
);

-- The costs are a true zero, not unknown: nothing leaves the machine.
insert into llm_models (
  llm_model_id, model_name, model_version, provider,
  prompt_token_cost_per_1m, completion_token_cost_per_1m, description
)
values (
  uuid_generate_v5(uuid_ns_url(), 'feedlyai:llm_model:template-copy:1'), 'template-copy', '1', 'local-template',
  0, 0, 'Advertising copy from templates, written on this machine without a language model.'
);
