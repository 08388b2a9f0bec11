(defproject harbour "0.1.0-SNAPSHOT"
  ; [commented/out "1.0"]
  :dependencies [[org.clojure/clojure "1.11.1"]
                 [ring "1.9.0" :exclusions [org.example/x]]
                 [javax.servlet/servlet-api "2.5" :scope "provided"]
                 [org.example/open "LATEST"]]
  :plugins [[lein-ring "0.12.6"]]
  :profiles {:dev {:dependencies [[midje "1.10.9"]]}})
