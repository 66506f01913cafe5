import { InterceptingCall, type Interceptor, type Listener, Metadata, status } from '@grpc/grpc-js';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Call = ReturnType<Parameters<Interceptor>[1]>;

/**
 * Temporal's own retries, for connections that may be closed while one is due: the library would then throw from a
 * timer, where nobody can catch it, and take the process with it. Here the call ends as cancelled instead.
 */
export const retriesUntilClosed = (): Interceptor[] => [
  makeGrpcRetryInterceptor(defaultGrpcRetryOptions()),
  endIfClosed,
];

const endIfClosed: Interceptor = (options, nextCall) => {
  try {
    return new InterceptingCall(nextCall(options));
  } catch (error) {
    return new InterceptingCall(endedCall(error instanceof Error ? error.message : String(error)));
  }
};

/** A call that ends as soon as it starts. */
const endedCall = (details: string): Call => ({
  start(_metadata: Metadata, listener?: Partial<Listener>) {
    // As with every other call: not before whoever starts it has its hands free.
    queueMicrotask(() =>
      listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata: new Metadata() }, () => {}),
    );
  },
  sendMessage() {},
  sendMessageWithContext() {},
  startRead() {},
  halfClose() {},
  cancelWithStatus() {},
  getPeer: () => '',
  getAuthContext: () => null,
});
