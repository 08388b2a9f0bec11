from conan import ConanFile

class Harbour(ConanFile):
    requires = "zlib/1.2.13", "bzip2/1.0.8"
    tool_requires = ["cmake/3.27.0"]

    def requirements(self):
        self.requires("openssl/3.2.0", transitive_headers=True)
        self.requires(f"tides/{self.version}")
