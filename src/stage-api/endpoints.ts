import type { Stage } from '../../workflows/contract.js';

/** The endpoint of the YH contract that performs each stage. */
export const ENDPOINTS: Record<Exclude<Stage, 'img_gen'>, string> = {
  vlm_analyze: '/api/yh/llava/stage1/validate',
  yolo_detect: '/api/yh/yolo/detect',
  planner: '/api/yh/planner',
  overlay: '/api/yh/overlay',
  vlm_judge: '/api/yh/llava/stage2/judge',
  ocr_eval: '/api/yh/ocr/evaluate',
  readability_eval: '/api/yh/readability/evaluate',
  iou_eval: '/api/yh/iou/evaluate',
  ad_copy_gen_kor: '/api/yh/gpt/eng-to-kor',
  instagram_feed_gen: '/api/yh/instagram/feed',
};
