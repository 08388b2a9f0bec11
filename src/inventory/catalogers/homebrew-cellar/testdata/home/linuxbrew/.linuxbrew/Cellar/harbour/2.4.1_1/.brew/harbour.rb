class Harbour < Formula
  desc "Charts of a harbour"
  homepage "https://harbour.example.org"
  url "https://harbour.example.org/harbour-2.4.1.tar.gz"
  license any_of: ["MIT", "Apache-2.0"]
  revision 1

  depends_on "oniguruma"
end
