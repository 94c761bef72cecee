-- AlterEnum
-- In a migration of its own: a new value can't be used before the transaction that adds it has ended.
ALTER TYPE "NotificationReason" ADD VALUE 'WEBHOOK_STOPPED';
