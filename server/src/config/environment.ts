/**
 * What the environment says, and nothing else: this is the only file that reads it. What it means is decided in
 * `config.ts`; names, defaults and units are listed in the README.
 */
export interface Environment {
  readonly HOST: string | undefined
  readonly PORT: string | undefined
  readonly METRICS_PORT: string | undefined
  readonly METRICS_HOST: string | undefined
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined
  readonly OTEL_TRACES_SAMPLER_ARG: string | undefined
  readonly DATA_DIR: string | undefined
  readonly DATABASE_URL: string | undefined
  readonly DATABASE_APP_URL: string | undefined
  readonly DOORBELL_URL: string | undefined
  readonly ORIGIN_URL: string | undefined
  readonly SEED: string | undefined
  readonly LOG_LEVEL: string | undefined
  readonly FILE_LIMIT: string | undefined
  readonly EXPORT_LIMIT: string | undefined
  readonly SOCKET_LIMIT: string | undefined
  readonly SUBSCRIPTION_LIMIT: string | undefined
  readonly FOLLOWER_LIMIT: string | undefined
  readonly TOKEN_LIMIT: string | undefined
  readonly DEPTH_LIMIT: string | undefined
  readonly ALIAS_LIMIT: string | undefined
  readonly DIRECTIVE_LIMIT: string | undefined
  readonly COST_LIMIT: string | undefined
  readonly RATE_LIMIT: string | undefined
  readonly S3_BUCKET: string | undefined
  readonly S3_ENDPOINT: string | undefined
  readonly S3_REGION: string | undefined
  readonly S3_ACCESS_KEY: string | undefined
  readonly S3_SECRET_KEY: string | undefined
  readonly SMTP_URL: string | undefined
  readonly MAIL_FROM: string | undefined
  readonly PUSH: string | undefined
  readonly PUSH_CONTACT: string | undefined
  readonly PUSH_INSIDE: string | undefined
  readonly DATABASE_POOL: string | undefined
  readonly TRUST_PROXY: string | undefined
  readonly JOURNAL_KEY_FILE: string | undefined
  readonly WEBHOOK_KEY_FILE: string | undefined
  readonly WEBHOOK_NETWORKS: string | undefined
}

/** The settings that are set; an empty one counts as not set. */
export const readEnvironment = (source: NodeJS.ProcessEnv): Environment => {
  const read = (name: keyof Environment) => source[name]?.trim() || undefined
  return {
    HOST: read('HOST'),
    PORT: read('PORT'),
    METRICS_PORT: read('METRICS_PORT'),
    METRICS_HOST: read('METRICS_HOST'),
    OTEL_EXPORTER_OTLP_ENDPOINT: read('OTEL_EXPORTER_OTLP_ENDPOINT'),
    OTEL_TRACES_SAMPLER_ARG: read('OTEL_TRACES_SAMPLER_ARG'),
    DATA_DIR: read('DATA_DIR'),
    DATABASE_URL: read('DATABASE_URL'),
    DATABASE_APP_URL: read('DATABASE_APP_URL'),
    DOORBELL_URL: read('DOORBELL_URL'),
    ORIGIN_URL: read('ORIGIN_URL'),
    SEED: read('SEED'),
    LOG_LEVEL: read('LOG_LEVEL'),
    FILE_LIMIT: read('FILE_LIMIT'),
    EXPORT_LIMIT: read('EXPORT_LIMIT'),
    SOCKET_LIMIT: read('SOCKET_LIMIT'),
    SUBSCRIPTION_LIMIT: read('SUBSCRIPTION_LIMIT'),
    FOLLOWER_LIMIT: read('FOLLOWER_LIMIT'),
    TOKEN_LIMIT: read('TOKEN_LIMIT'),
    DEPTH_LIMIT: read('DEPTH_LIMIT'),
    ALIAS_LIMIT: read('ALIAS_LIMIT'),
    DIRECTIVE_LIMIT: read('DIRECTIVE_LIMIT'),
    COST_LIMIT: read('COST_LIMIT'),
    RATE_LIMIT: read('RATE_LIMIT'),
    S3_BUCKET: read('S3_BUCKET'),
    S3_ENDPOINT: read('S3_ENDPOINT'),
    S3_REGION: read('S3_REGION'),
    S3_ACCESS_KEY: read('S3_ACCESS_KEY'),
    S3_SECRET_KEY: read('S3_SECRET_KEY'),
    SMTP_URL: read('SMTP_URL'),
    MAIL_FROM: read('MAIL_FROM'),
    PUSH: read('PUSH'),
    PUSH_CONTACT: read('PUSH_CONTACT'),
    PUSH_INSIDE: read('PUSH_INSIDE'),
    DATABASE_POOL: read('DATABASE_POOL'),
    TRUST_PROXY: read('TRUST_PROXY'),
    JOURNAL_KEY_FILE: read('JOURNAL_KEY_FILE'),
    WEBHOOK_KEY_FILE: read('WEBHOOK_KEY_FILE'),
    WEBHOOK_NETWORKS: read('WEBHOOK_NETWORKS'),
  }
}
