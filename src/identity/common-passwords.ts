/** Those of the usual lists that are long enough to be taken otherwise, and the ones that this product invites. In lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 12345678912345 123456789123456789
  0123456789012 098765432109 0987654321098 987654321012 987654321098 112233445566 123123456456 123321123321
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qaz2wsx3edc4rfv5tgb
  qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm
  qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwertyqwerty123 qazwsxedcrfv qazwsxedcrfvtgb asdfghjkl123
  asdfghjkl1234 asdfghjkl;'\\ zxcvbnm12345 zxcvbnm123456 zaq12wsxcde3 zaq1xsw2cde3 abcdefghijkl abcdefghijklm
  abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdef123456 abc123456789 abcd12345678 a123456789012 aa1234567890
  password1234 password12345 password123456 password1234567 password12345678 password123456789 passwordpassword
  password!123 password@123 password@1234 passw0rd1234 passw0rd12345 p@ssw0rd1234 p@ssw0rd12345 p@ssword1234 pa55word1234
  mypassword12 mypassword123 mypassword1234 newpassword1 newpassword12 newpassword123 thisispassword thisismypassword
  yourpassword secretpassword supersecret1 supersecret12 supersecret123 topsecret123 topsecret1234 changeme1234
  changeme12345 changeme123456 changemenow1 changemenow123 changethisnow pleasechange pleasechangeme letmein12345
  letmein123456 letmeinletmein letmeinplease welcome12345 welcome123456 welcome@1234 welcomewelcome iloveyou1234
  iloveyou12345 iloveyouforever iloveyousomuch administrator administrator1 administrator123 admin1234567 admin12345678
  admin123456789 admin@123456 adminadmin12 adminadmin123 adminpassword rootpassword root12345678 superuser123 superadmin123
  testpassword testpassword1 testing12345 test12345678 testtest1234 monkey123456 dragon123456 football1234 baseball1234
  basketball12 superman1234 sunshine1234 princess1234 starwars1234 trustno1trustno1 whatever1234 computer1234 internet1234
  correcthorsebatterystaple masterpassword master123456 michael12345 jennifer1234
  january12345 february1234 september123 october12345 november1234 december1234 summer202020 winter202020
  kubernetes12 kubernetes123 kubernetes1234 docker123456 container123 containers123 postgres1234 postgresql123
  plimsoll1234 plimsoll12345 plimsoll123456 plimsollplimsoll plimsolladmin plimsollpassword
  `
    .trim()
    .split(/\s+/),
).add('correct horse battery staple');
