import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDateTime,
  formatDuration,
  formatPercent,
  formatPrice,
  formatSigned,
  priceDecimals,
  sentence,
  versionParts,
} from './format'

describe('figures', () => {
  it('format prices with decimals by their size', () => {
    expect(formatPrice(84_041.0812)).toBe('84,041.08')
    expect(priceDecimals(1.2)).toBe(4)
    expect(formatPrice(0.00012345)).toBe('0.00012345')
    expect(priceDecimals(0)).toBe(2)
  })

  it('format signs, zero and missing values', () => {
    expect(formatSigned(0.0123)).toBe('+1.23 %')
    expect(formatSigned(-0.0123)).toBe('−1.23 %')
    expect(formatSigned(-0.0000001)).toBe('±0.00 %')
    expect(formatSigned(null)).toBe('–')
    expect(formatPercent(undefined)).toBe('–')
  })

  it('format times in UTC', () => {
    expect(formatDateTime('2022-01-31T23:59:00Z')).toBe('31 Jan 2022 23:59')
    expect(formatDateTime(0)).toBe('01 Jan 1970 00:00')
  })

  it('format durations and sizes', () => {
    expect(formatDuration(60)).toBe('1 min')
    expect(formatDuration(5_400)).toBe('1 h 30 min')
    expect(formatDuration(86_400)).toBe('1 d')
    expect(formatBytes(1_843_221)).toBe('1.8 MiB')
  })
})

it('splits a version id', () => {
  expect(versionParts('lightgbm:BTCUSDT:3')).toEqual({ family: 'lightgbm', symbol: 'BTCUSDT', number: '3' })
})

it('capitalises the reasons of the server', () => {
  expect(sentence('it is worse')).toBe('It is worse')
  expect(sentence('')).toBe('')
})
