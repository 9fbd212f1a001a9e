/** Ways to write one unit, currency or half of the day; the first is its name. */
const UNITS = [
  'percent,%,pct,per cent,procent,prozent',
  'permille,‰',
  'basis point,‱,basis points',
  'degree,°,degrees',
  'celsius,°c,℃,degrees celsius,degree celsius',
  'fahrenheit,°f,℉,degrees fahrenheit,degree fahrenheit',
  'am',
  'pm',
  'metre,metres,meter,meters',
  'kilometre,km,kms,kilometres,kilometer,kilometers',
  'centimetre,cm,centimetres,centimeter,centimeters',
  'millimetre,mm,millimetres,millimeter,millimeters',
  'mile,miles,mi',
  'foot,feet,ft',
  'inch,inches',
  'yard,yards,yd',
  'hectare,hectares,ha',
  'acre,acres',
  'gram,grams,gramme,grammes',
  'kilogram,kg,kgs,kilograms,kilogramme,kilogrammes',
  'tonne,tonnes,t',
  'ton,tons',
  'litre,litres,liter,liters',
  'barrel,barrels',
  'watt,watts',
  'kilowatt,kw,kilowatts',
  'megawatt,mw,megawatts',
  'gigawatt,gw,gigawatts',
  'knot,knots',
  'second,seconds,sec,secs',
  'minute,minutes,min,mins',
  'hour,hours,hr,hrs,h',
  'day,days',
  'week,weeks',
  'month,months',
  'year,years,yr,yrs',
  'dollar,$,us$,usd,dollars,us dollars,us dollar,dólares',
  'euro,€,eur,euros',
  'pound,£,gbp',
  'yen,¥,jpy',
  'yuan,cny,rmb',
  'rouble,₽,rub,roubles,ruble,rubles',
  'hryvnia,₴,uah,hryvnias',
  'rupee,₹,inr,rupees',
  'won,₩,krw',
];
const SCALES = [
  '12,dozen',
  '100,hundred',
  '1e3,thousand,k',
  '1e6,million,mn,mln,mio,m,millionen,millones',
  '1e9,billion,bn,milliarden,milliards',
  '1e12,trillion,tn,trn',
];
const names = (lines: readonly string[]) =>
  new Map(lines.flatMap((line) => line.split(',').map((writing, _, [name = '']) => [writing, name] as const)));
const UNIT_NAMES = names(UNITS);
const SCALE_NAMES = names(SCALES);

/** The one name of a unit, however it is written (lower case); undefined for what is no unit. */
export function unitName(writing: string): string | undefined {
  return UNIT_NAMES.get(writing);
}

/** What a word behind a number multiplies it by (lower case); null for all others. */
export function scaleOf(word: string): number | null {
  const name = SCALE_NAMES.get(word);
  return name === undefined ? null : Number(name);
}
