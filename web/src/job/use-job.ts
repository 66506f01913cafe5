import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { listen } from '../api/live.js';
import type { JobDetail, RowChange } from '../api/types.js';
import { type Resource, useResource } from '../api/use-resource.js';

/** What a stage leaves behind comes in several rows; they are fetched together. */
const SETTLE_MS = 400;

/** A job with everything known of it. States move with the event stream; the rest is fetched when a state has moved. */
export function useJob(jobId: string): Resource<JobDetail> {
  const job = useResource(jobId, (signal) => api.job(jobId, signal));
  const { refresh, patch } = job;
  useEffect(() => {
    let waiting = 0;
    const stop = listen({
      onSnapshot: refresh,
      onChange(change) {
        if (change.jobId !== jobId) return;
        patch((data) => withChange(data, change));
        waiting ||= window.setTimeout(() => {
          waiting = 0;
          refresh();
        }, SETTLE_MS);
      },
    });
    return () => {
      stop();
      clearTimeout(waiting);
    };
  }, [jobId, refresh, patch]);
  return job;
}

function withChange(job: JobDetail, { variantId, step, status, reason, retryCount, selected }: RowChange): JobDetail {
  if (variantId === null) return { ...job, step, status, reason };
  const variants = job.variants.map((variant) =>
    variant.variantId === variantId ? { ...variant, step, status, reason, retryCount, selected } : variant,
  );
  return { ...job, variants };
}
