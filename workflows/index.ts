export { jobWorkflow } from './job.workflow.js';
export { variantWorkflow } from './variant.workflow.js';
