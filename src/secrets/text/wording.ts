/**
 * How surprising it is that a letter follows another, in bits, one digit a pair of letters (a to z after a, after b, …). Counted over
 * some 80,000 words and parts of names in source code and documentation.
 */
const SURPRISE =
  '75447757596343959343567769355536783683673694464899583756378359446826955358897936652577288576479546578979' +
  '46435568698453757234767579465533782994773794554989694867275439946446934648897728872887397666389564598969' +
  '55455559997452459544959796276536984757763577483769893766266537757546964558696937652778297377369855579949' +
  '25762789397557439856599969474335384866864797336699786644765868644254934445578938673775497477349354597959' +
  '67667799699466896646169999375527693965553695446789594847377439656744774247796938572684398567469345587958' +
  '54554659597443649333989798276817693997674797678999892766377439758437944679878956453586399557538652778569' +
  '4656466749844452953467697737881795398657479766697955';

/** Words and names in code have 3.6 on average and 4.7 in one of a hundred; texts drawn by lot have 6, and 4.7 in one of a hundred. */
const DRAWN_BY_LOT = 4.7;

/** Mean surprise over the neighbouring letters; undefined with fewer than three pairs of letters. */
function surpriseOf(text: string): number | undefined {
  let bits = 0;
  let pairs = 0;
  let before = -1;
  for (let at = 0; at < text.length; at++) {
    const letter = (text.charCodeAt(at) | 0x20) - 0x61;
    const isLetter = letter >= 0 && letter < 26 && text.charCodeAt(at) >= 0x41;
    if (isLetter && before >= 0) {
      bits += SURPRISE.charCodeAt(before * 26 + letter) - 0x30;
      pairs += 1;
    }
    before = isLetter ? letter : -1;
  }
  return pairs < 3 ? undefined : bits / pairs;
}

/** Whether a text is made of words, as names, sentences and paths are. */
export function isWordy(text: string): boolean {
  const surprise = surpriseOf(text);
  return surprise !== undefined && surprise < DRAWN_BY_LOT;
}
