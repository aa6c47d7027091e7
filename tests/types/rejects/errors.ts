// Fields that an error of that class has not.
import {
  BadRequestError,
  type DecodeError,
  NotFoundError,
  type RateLimitError,
  type RespondIOError,
  type Rule,
  ValidationError,
} from 'respond-io-wasm';

declare const caught: unknown;
declare const error: RespondIOError;
declare const notFound: NotFoundError;
declare const rateLimit: RateLimitError;
declare const decode: DecodeError;
declare const validation: ValidationError;
declare function number(value: number): void;
declare function rule(value: Rule): void;
declare function badRequest(value: BadRequestError): void;

// @ts-expect-error
caught.statusCode;
// @ts-expect-error
number(error.statusCode);
// @ts-expect-error
error.status;
// @ts-expect-error
error.body.message;
// @ts-expect-error
error.serverMessage.length;
// @ts-expect-error
error.operation.length;
// @ts-expect-error
error.attempts = 2;
// @ts-expect-error
error.outcome = 'applied';
// @ts-expect-error
error.outcome === 'sent';
// @ts-expect-error
new NotFoundError('missing', { outcome: 'failed' });
// @ts-expect-error
error.path;
// @ts-expect-error
error.retryAfter;
// @ts-expect-error
number(rateLimit.retryAfter);
// @ts-expect-error
notFound.retryAfter;
// @ts-expect-error
notFound.name === 'ConflictError';
// @ts-expect-error
decode.rule === 'option';
// @ts-expect-error
rule(validation.rule);
// @ts-expect-error
validation.rule === 'sytnax';
// @ts-expect-error
badRequest(notFound);
// @ts-expect-error
new NotFoundError();
// @ts-expect-error
new BadRequestError('malformed', { status: 400 });
// @ts-expect-error
new ValidationError('wrong', 'contact', 'sytnax');
