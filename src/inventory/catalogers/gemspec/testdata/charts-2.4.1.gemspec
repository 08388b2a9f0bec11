# -*- encoding: utf-8 -*-
# stub: harbour-charts 2.4.1 x86_64-linux lib
# stub: ext/charts/extconf.rb

Gem::Specification.new do |s|
  s.name = "harbour-charts".freeze
  s.version = "2.4.1".freeze
  s.platform = "x86_64-linux".freeze

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.authors = ["Packaging Team".freeze]
  s.licenses = ["MIT".freeze, 'Ruby']
  s.summary = "Its s.name = \"other\" is not this one".freeze
end
