/**
 * Guards: nobody's personal identity number gets to another party by a slip.
 *
 * Swedish personal identity numbers and coordination numbers (day + 60) in free text: ten or twelve digits, with `-`, `+`, a space or
 * nothing before the last four (a space may stand after the century too), a day that exists, and a check digit that is right. Digits
 * that go on before or after are something else: a phone number, an IBAN. Organisation numbers have a month of twenty or more
 * and fall away by themselves. The client warns by the same rules, in a module of its own (`client/src/lib/ui/personalNumbers.ts`);
 * one corpus holds both to the same answers.
 */
const CANDIDATE = /(?<![\p{L}\p{N}]|[\p{N}][-+.,/:])(\d\d)?(\d\d)(\d\d)(\d\d)\s?[-–+]?\s?(\d{3})(\d)(?![\p{L}\p{N}]|[-.,/:]\p{N})/gu
